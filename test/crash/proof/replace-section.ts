import type { ProofResult, ProofScale } from './proof.ts'

/** What stands in docs/proof.md about one proof. */
export type ProofRun = {
  name: string
  title: string
  scale: ProofScale
  result: ProofResult
  commit: string
  at: string
  machine: string
}

const introduction = `# Proof

What was measured, and by which commit. Each section is written by \`npm run crash\`, which puts a promise to the test and ends
with 1 where it does not hold; \`npm run crash -- <name> --seed <seed>\` goes the same way again. A smaller run of each is part
of \`npm test\`. What a proof looks at is in \`test/crash/\`: schools' own logs and the answers that visitors had, never our tables.
`

const sectionStart = /^<!-- proof: (?<name>[\w-]+) -->$/m

/** The document with the section of this proof in place of the one before; the others stand as they stood. */
export function replaceSection(document: string, run: ProofRun, order: readonly string[]): string {
  const [, ...parts] = document.split(/^(?=<!-- proof: )/m)
  const sections = new Map(parts.map((part) => [sectionStart.exec(part)?.groups?.name ?? '', part.trim()]))
  sections.set(run.name, formatSection(run))
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const sortedSections = [...sections].toSorted(([one], [other]) => rank(one) - rank(other)).map(([, part]) => part)
  return `${[introduction.trim(), ...sortedSections].join('\n\n')}\n`
}

function formatSection({
  name,
  title,
  scale: { size, seed },
  result: { figures, faults },
  commit,
  at,
  machine,
}: ProofRun): string {
  const rows = Object.entries(figures).map(([what, figure]) => `| ${what} | ${figure} |`)
  const verdict =
    faults.length === 0 ? '**No faults.**' : ['**Faults:**', '', ...faults.map((fault) => `- ${fault}`)].join('\n')
  return [
    `<!-- proof: ${name} -->`,
    `## ${title}`,
    '',
    `\`${name}\`, ${size} size, seed ${seed}, commit ${commit}, ${at}; ${machine}.`,
    '',
    '| figure | |',
    '|---|---|',
    ...rows,
    '',
    verdict,
  ].join('\n')
}
