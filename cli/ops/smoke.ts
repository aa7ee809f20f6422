import { Command } from 'commander'
import { runSmokeSteps } from '#cli/smoke/run-smoke-steps.ts'
import { type GlobalOptions, resolveTarget } from './connect.ts'
import { formatExamples } from './format-examples.ts'
import { exitCodes } from './stop.ts'

type SmokeOptions = GlobalOptions & { sourceKey?: string; zip: string }

export const smoke = new Command('smoke')
  .description(
    'Call a deployment a few times and check the responses against the contract. Exits 1 if a step fails, and 3 if there is no response.',
  )
  .option('--source-key <key>', 'also send a test lead through this test source; schools receive it, marked as a test')
  .option('--zip <zip>', 'ZIP code of the visitor', '78701')
  .addHelpText(...formatExamples('smoke --url https://d111.cloudfront.net', 'smoke --profile prod --source-key pk_...'))
  .action(async (_: object, command: Command) => {
    const options: SmokeOptions = command.optsWithGlobals()
    const { sourceKey, zip, json } = options
    const { url } = resolveTarget(options)
    const steps = await runSmokeSteps({ url, zip, ...(sourceKey !== undefined && { sourceKey }) })
    if (json) console.log(JSON.stringify(steps))
    else for (const { name, outcome, detail } of steps) console.log(`${outcome.padEnd(7)}  ${name}: ${detail}`)
    const failed = steps.filter(({ outcome }) => outcome === 'failed')
    const isUnreachable = failed.length > 0 && failed.every((step) => step.isUnreachable)
    process.exitCode = exitCodes[failed.length === 0 ? 'done' : isUnreachable ? 'unreachable' : 'refused'].code
  })
