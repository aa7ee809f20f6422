/** A fault in an input file. The message says where it is and how to fix it, and is shown without a stack trace. */
export class BadFile extends Error {
  override name = 'BadFile'
}
