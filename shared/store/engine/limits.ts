/** DynamoDB's limits. The SQLite engine applies them too, so that both behave alike. */
export const limits = {
  itemBytes: 400 * 1024,
  transactionBytes: 4 * 1024 * 1024,
  transactionWrites: 100,
  /** A page ends with the item that exceeds this size. */
  pageBytes: 1024 * 1024,
  pkBytes: 2048,
  skBytes: 1024,
  attributeNameBytes: 65_535,
  depth: 32,
  oneOfValues: 100,
  expressionBytes: 4096,
  smallestNumber: 1e-130,
} as const
