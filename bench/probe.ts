/** Loaded into a measured process before its program: answers "cpu" with the microseconds used so far. */
process.on("message", (question) => {
  if (question !== "cpu") return;
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
// Nothing stays behind when the bench is interrupted.
process.on("disconnect", () => process.exit());
