/** What DynamoDB allows. SQLite would not mind more, but what runs on the one must run on the other. */
export const limits = {
  itemBytes: 400 * 1024,
  transactionBytes: 4 * 1024 * 1024,
  transactionWrites: 100,
  /** A page ends with the item that takes it past this. */
  pageBytes: 1024 * 1024,
  pkBytes: 2048,
  skBytes: 1024,
  attributeNameBytes: 65_535,
  depth: 32,
  oneOfValues: 100,
  expressionBytes: 4096,
  smallestNumber: 1e-130,
} as const
