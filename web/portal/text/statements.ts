export const statementsText = {
  title: 'Statements',
  owes: (amount: string) => `You owe ${amount}.`,
  hasLeft: (amount: string) => `Your balance is ${amount}.`,
} as const
