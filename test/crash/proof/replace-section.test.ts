import { describe, expect, it } from 'vitest'
import { type ProofRun, replaceSection } from './replace-section.ts'

const order = ['first', 'second', 'third']

describe('docs/proof.md', () => {
  it('contains figures, seed and commit of a run', () => {
    const document = replaceSection(
      '',
      createRun({ name: 'first', result: { figures: { kills: 200, lost: 0 }, faults: [] } }),
      order,
    )
    expect(document).toContain('`first`, full size, seed 7, commit abc, 2026-11-23T16:00; 2 x cpu.')
    expect(document).toContain('| kills | 200 |\n| lost | 0 |')
    expect(document).toContain('**No faults.**')
  })

  it('lists every fault', () => {
    const document = replaceSection(
      '',
      createRun({ result: { figures: {}, faults: ['2 leads are lost', 'a cap is over'] } }),
      order,
    )
    expect(document).toContain('**Faults:**\n\n- 2 leads are lost\n- a cap is over')
  })

  it('keeps the other sections unchanged, in the order of the table', () => {
    const twoSections = ['third', 'first'].reduce(
      (document, name) => replaceSection(document, createRun({ name }), order),
      '',
    )
    const threeSections = replaceSection(twoSections, createRun({ name: 'second', title: 'In between' }), order)
    expect(threeSections.match(/^## .*$/gm)).toEqual(['## The first', '## In between', '## The third'])
    expect(replaceSection(threeSections, createRun({ name: 'second', title: 'In between' }), order)).toBe(threeSections)
  })
})

function createRun(overrides: Partial<ProofRun>): ProofRun {
  const { name = 'first' } = overrides
  return {
    name,
    title: `The ${name}`,
    scale: { size: 'full', seed: 7 },
    result: { figures: {}, faults: [] },
    commit: 'abc',
    at: '2026-11-23T16:00',
    machine: '2 x cpu',
    ...overrides,
  }
}
