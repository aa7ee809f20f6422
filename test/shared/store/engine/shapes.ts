import type { Engine, Shapes } from '#shared/store/engine/engine.ts'

/** Tables with every kind of index projection. */
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

export type OpenEngine = {
  engine: Engine<keyof typeof shapes>
  setTime: (instant: string) => void
  close: () => Promise<void>
}

/** What a clause may use. `fresh` returns a new partition key, so that no clause reads the rows of another. */
export type Subject = Omit<OpenEngine, 'close'> & { fresh: (kind?: string) => string }
