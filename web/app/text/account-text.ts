/** Texts about balances and statements that staff and schools both read. */
export const accountText = {
  balance: 'Balance',
  statements: 'Monthly statements',
  caption: 'Statements by month, latest first',
  statementsHelp:
    'A minus sign means an amount that is owed to us. A month closes one day after it ends and never changes after that. Later corrections appear in the open month.',
  noStatements: 'No statements yet.',
  columns: {
    month: 'Month',
    status: 'Status',
    opening: 'Opening balance',
    closing: 'Closing balance',
    download: 'Download',
  },
  open: 'Open',
  closed: 'Closed',
  csv: 'CSV',
  page: 'Page to print',
  downloaded: 'Downloaded.',
} as const
