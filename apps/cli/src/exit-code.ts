/** What the process ends with. Documented in `topogenie --help`. */
export const exitCodes = {
  ok: 0,
  /** A defect of the program: the only case in which a stack trace is printed. */
  defect: 1,
  /** Wrong config, option, file or plugin: the message says what to change. */
  user: 2,
  /** Stopped by Ctrl-C or a signal; the run can be resumed. */
  interrupted: 130,
} as const;
