/** The command that shells ask; people need not know it. */
export const COMPLETE = "__complete";
