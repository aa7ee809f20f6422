/** Why the host does not start, in one sentence with its mend: whoever started it reads this and no stack trace. */
export class StartupError extends Error {
  override name = 'CannotStart'
}
