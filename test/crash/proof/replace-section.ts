import type { ProofResult, ProofScale } from './proof.ts'

/** One run of a proof, as recorded in docs/proof.md. */
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

Results of the largest test runs, with commit and machine. \`npm run crash\` writes each section and exits with 1 if a promise does not
hold; \`npm run crash -- <name> --seed <seed>\` repeats a run. A smaller run of each is part of \`npm test\`. The proofs in \`test/crash/\`
compare the logs of schools with the responses to visitors, and never read our tables.
`

const sectionStart = /^<!-- proof: (?<name>[\w-]+) -->$/m

/** Returns the document with the section of this proof replaced; other sections are unchanged. */
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
