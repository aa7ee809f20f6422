import { type Engine, EngineReadOnly } from './engine.ts'

type Refusals = { isOn?: () => boolean; reason?: string }

/** The engine with reads only, while `isOn`. It is under every store, so no caller can write around it. */
export function refuseWrites<Table extends string>(
  engine: Engine<Table>,
  { isOn = () => true, reason = 'The tables are being restored and take no writes.' }: Refusals = {},
): Engine<Table> {
  return {
    ...engine,
    transact: async (writes) => {
      if (isOn()) throw new EngineReadOnly(reason)
      return engine.transact(writes)
    },
  }
}
