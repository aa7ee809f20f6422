import { type Engine, EngineReadOnly } from './engine.ts'

/** The engine with reads only. It is under every store, so no caller can write around it. */
export function refuseWrites<Table extends string>(engine: Engine<Table>): Engine<Table> {
  return {
    ...engine,
    transact: async () => {
      throw new EngineReadOnly('The tables are being restored and take no writes.')
    },
  }
}
