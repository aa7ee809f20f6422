/**
 * The most request units that each operation may cost on DynamoDB, with the sample catalog and nine candidates. Lower a
 * figure when an operation becomes cheaper; raise one only with the reason in the commit. `test/functions/cost` counts, and
 * `npm run cost` prices them.
 */
export const unitBudget = {
  'a read of a career': { reads: 0.5, writes: 0 },
  'a match': { reads: 8, writes: 0 },
  'a lead to 1 school': { reads: 16, writes: 30 },
  'a lead to 3 schools': { reads: 18, writes: 42 },
  'a lead to 5 schools': { reads: 20, writes: 56 },
  'a delivery by webhook': { reads: 9, writes: 6 },
  'a delivery by email': { reads: 8, writes: 6 },
  'a lead to 3 schools of a paid source': { reads: 18, writes: 42 },
  'a delivery of a paid source': { reads: 9, writes: 8 },
  'a failed attempt': { reads: 9, writes: 8 },
  'an idle sweep': { reads: 4, writes: 0 },
  'an idle minute': { reads: 12, writes: 0 },
  // The row of a day is compressed: it costs as much as that of an empty day. A lead is read for its labels, which its index has not.
  'all counts of 5 leads': { reads: 208, writes: 0 },
  'an idle offer': { reads: 4, writes: 0 },
} as const satisfies { [operation: string]: { reads: number; writes: number } }
