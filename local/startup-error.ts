/** Why the host does not start and how to fix it. It is printed without a stack trace. */
export class StartupError extends Error {
  override name = 'CannotStart'
}
