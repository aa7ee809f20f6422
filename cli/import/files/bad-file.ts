/** What is wrong with a file that was given, where, and how it is mended: whoever gave it reads this and no stack trace. */
export class BadFile extends Error {
  override name = 'BadFile'
}
