import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import { conditionClauses } from './contract-conditions.ts'
import { expiryClauses } from './contract-expiry.ts'
import { indexClauses } from './contract-indexes.ts'
import { limitClauses } from './contract-limits.ts'
import { pageClauses } from './contract-pages.ts'
import { transactionClauses } from './contract-transactions.ts'
import { valueClauses } from './contract-values.ts'
import type { shapes } from './shapes.ts'

export type Opened = {
  engine: Engine<keyof typeof shapes>
  setTime: (instant: string) => void
  close: () => Promise<void>
}

/** What a clause may use. Each asks for a partition of its own, so that none sees what another left. */
export type Subject = Omit<Opened, 'close'> & { fresh: (kind?: string) => string }

/** Everything that the port promises, said once for every engine. */
export function engineContract(name: string, open: () => Promise<Opened>) {
  describe(`${name}:`, () => {
    let opened: Opened | undefined
    let partitions = 0
    beforeAll(async () => {
      opened = await open()
    })
    beforeEach(() => opened?.setTime('2026-05-01T12:00:00.000Z'))
    afterAll(() => opened?.close())

    const subject = (): Subject => {
      if (!opened) throw new Error('the engine is not open yet')
      const fresh = (kind = 'PK') => {
        partitions += 1
        return `${kind}#${partitions}`
      }
      return { ...opened, fresh }
    }
    describe('conditions', () => conditionClauses(subject))
    describe('transactions', () => transactionClauses(subject))
    describe('values', () => valueClauses(subject))
    describe('pages', () => pageClauses(subject))
    describe('indexes', () => indexClauses(subject))
    describe('expiry', () => expiryClauses(subject))
    describe('limits', () => limitClauses(subject))
  })
}
