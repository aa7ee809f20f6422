import type { Shapes } from '#shared/store/engine/engine.ts'

/** Tables that have one of everything, for the contract and its neighbours. */
export const shapes = {
  things: {
    indexes: {
      due: { pk: 'duePk', sk: 'dueSk', projects: [] },
      list: { pk: 'listPk', sk: 'listSk', projects: ['title', 'expiresAt'] },
      whole: { pk: 'wholePk', sk: 'wholeSk', projects: 'all' },
    },
  },
  others: { indexes: {} },
} as const satisfies Shapes
