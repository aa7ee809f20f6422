import { expect, it } from 'vitest'
import { candidateKey } from '#shared/store/keys.ts'
import { pack } from '#shared/store/packed.ts'
import { routingStore } from '#shared/store/routing/routing-store.ts'
import { aCandidate } from '#test/builders/catalog.ts'
import { memoryEngine } from '#test/memory-engine.ts'

it('parses each of 5,000 candidates once, however many decisions read them', async () => {
  const engine = memoryEngine()
  const rows = Array.from({ length: 5000 }, (_, number) => {
    const id = `campaign-${String(number).padStart(4, '0')}`
    return { ...candidateKey('nurse', 'TX', id), ...pack(aCandidate({ campaign: { id } })) }
  })
  for (let from = 0; from < rows.length; from += 100)
    await engine.transact(rows.slice(from, from + 100).map((put) => ({ in: 'catalog', put })))
  const { candidates } = routingStore(engine)

  // The parts of a candidate are the parsed ones, which decisions share.
  const first = await candidates('nurse', 'TX')
  const second = await candidates('nurse', 'TX')
  expect(first).toHaveLength(5000)
  expect(second.filter(({ campaign }, index) => campaign !== first[index]?.campaign)).toEqual([])
})
