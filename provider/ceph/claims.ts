/*
 * What more than one kind of resource can manage, by the names that a program's error says, so that one definition
 * cannot spell them differently from another.
 */

export const rateLimitOfUser = (uid: string): string => `the rate limit of Ceph user "${uid}"`;
