/** Questions that are asked once: what one system can do, who it is, what a list of it says. */
export interface Once<Answer> {
  /** Whoever asks while the question is underway shares its answer. After a failure it is asked again. */
  get(question: string, ask: () => Promise<Answer>): Promise<Answer>;
  /** From now on all is asked anew. */
  clear(): void;
}

export function createOnce<Answer>(): Once<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return {
    get(question, ask) {
      const known = answers.get(question);
      if (known !== undefined) return known;
      const answer = ask();
      answers.set(question, answer);
      answer.catch(() => {
        // The same question may have been asked anew since.
        if (answers.get(question) === answer) answers.delete(question);
      });
      return answer;
    },
    clear: () => answers.clear(),
  };
}
