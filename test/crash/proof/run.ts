import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Argument, Command, InvalidArgumentError } from 'commander'
import { proofs } from './proofs.ts'
import { replaceSection } from './replace-section.ts'

const names = Object.keys(proofs)
const reportFile = fileURLToPath(new URL('../../../docs/proof.md', import.meta.url))

/** `npm run crash`: runs proofs and records the results in docs/proof.md. */
await new Command('crash')
  .description('Run the proofs at full size and write the results to docs/proof.md. Exits 1 on any fault.')
  .addArgument(new Argument('[names...]', `proofs to run; default all: ${names.join(', ')}`))
  .option('--seed <number>', 'seed of an earlier run, to repeat it', parseWholeNumber)
  .option('--small', 'run at the size of npm test, and do not write docs/proof.md')
  .showHelpAfterError('(see --help)')
  .action(
    async (
      requestedNames: string[],
      { seed = newSeed(), small }: { seed?: number; small?: true },
      command: Command,
    ) => {
      const unknownName = requestedNames.find((name) => !names.includes(name))
      if (unknownName !== undefined) command.error(`There is no proof called ${unknownName}.`)
      const size = small ? 'small' : 'full'
      let faults = 0
      for (const name of requestedNames.length === 0 ? names : requestedNames)
        faults += await runProof(name, { size, seed })
      process.exit(faults === 0 ? 0 : 1)
    },
  )
  .parseAsync()

async function runProof(name: string, scale: { size: 'small' | 'full'; seed: number }): Promise<number> {
  const proof = proofs[name]
  if (!proof) return 0
  console.log(`${name}: ${proof.title} (${scale.size}, seed ${scale.seed})`)
  const commit = currentCommit()
  const result = await proof.run(scale)
  for (const [what, figure] of Object.entries(result.figures)) console.log(`  ${what}: ${figure}`)
  for (const fault of result.faults) console.log(`  FAULT ${fault}`)
  if (scale.size === 'full') {
    const at = `${new Date().toISOString().slice(0, 16)}Z`
    const run = { name, title: proof.title, scale, result, commit, at, machine: describeMachine() }
    const currentReport = existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : ''
    writeFileSync(reportFile, replaceSection(currentReport, run, names))
  }
  return result.faults.length
}

function describeMachine(): string {
  const [cpu] = cpus()
  return [
    `${cpus().length} x ${cpu?.model.trim() || arch()}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${platform()} ${release()}`,
    `Node ${process.versions.node}`,
  ].join(', ')
}

function currentCommit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  try {
    const uncommittedChanges = git('status', '--porcelain', '--', ':!docs/proof.md')
    return `${git('rev-parse', '--short=12', 'HEAD')}${uncommittedChanges && ' with changes'}`
  } catch {
    return 'unknown'
  }
}

function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 31)
}

function parseWholeNumber(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number.')
}
