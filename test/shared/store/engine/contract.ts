import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { conditionClauses } from './contract-conditions.ts'
import { expiryClauses } from './contract-expiry.ts'
import { indexClauses } from './contract-indexes.ts'
import { limitClauses } from './contract-limits.ts'
import { pageClauses } from './contract-pages.ts'
import { transactionClauses } from './contract-transactions.ts'
import { valueClauses } from './contract-values.ts'
import type { OpenEngine, Subject } from './shapes.ts'

/** Runs the contract of the engine port: the same clauses for every engine. */
export function engineContract(name: string, open: () => Promise<OpenEngine>) {
  describe(`${name}:`, () => {
    let openEngine: OpenEngine | undefined
    let partitions = 0
    beforeAll(async () => {
      openEngine = await open()
    })
    beforeEach(() => openEngine?.setTime('2026-05-01T12:00:00.000Z'))
    afterAll(() => openEngine?.close())

    const subject = (): Subject => {
      if (!openEngine) throw new Error('the engine is not open yet')
      const fresh = (kind = 'PK') => {
        partitions += 1
        return `${kind}#${partitions}`
      }
      return { ...openEngine, fresh }
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
