import { Command, Option } from 'commander'
import { type CheckedStage, runAccountChecks } from '#cli/doctor/account-checks.ts'
import { type DoctorPurpose, purposes, runChecks } from '#cli/doctor/checks.ts'
import { createAccountProbe } from '#cli/doctor/create-account-probe.ts'
import { createMachineProbe } from '#cli/doctor/create-machine-probe.ts'
import { readStageFile, StageFileError } from '#infra/stage-file.ts'
import { formatExamples } from './format-examples.ts'
import { stop } from './stop.ts'

type DoctorOptions = { for?: DoctorPurpose; stage?: string; json?: boolean }

export const doctor = new Command('doctor')
  .description('Check the prerequisites for start, test and deploy. Exits 1 if any is missing.')
  .addOption(new Option('--for <purpose>', 'check only one purpose').choices(purposes))
  .option('--stage <name>', 'for deploy: also ask the AWS account of this stage, as stages/<name>.json says')
  .addHelpText(...formatExamples('doctor --for deploy --stage dev', 'doctor --for start'))
  .action(async (_: object, command: Command) => {
    const { for: purpose, stage, json }: DoctorOptions = command.optsWithGlobals()
    if (stage !== undefined && purpose !== undefined && purpose !== 'deploy')
      stop({ title: '--stage goes with --for deploy.', ends: 'usage' })
    const checkedStage = stage === undefined ? undefined : readStage(stage)
    const results = [
      ...(await runChecks(createMachineProbe(process.env), checkedStage ? 'deploy' : purpose, {
        hasStage: checkedStage !== undefined,
      })),
      ...(checkedStage === undefined ? [] : await runAccountChecks(createAccountProbe(), checkedStage)),
    ]
    if (json) console.log(JSON.stringify(results))
    else
      for (const result of results) {
        console.log(`${result.ok ? 'ok     ' : 'missing'}  ${result.name}: ${result.actual}`)
        if (!result.ok) console.log(`         ${result.fix}`)
      }
    if (!json && purpose === 'deploy' && stage === undefined)
      console.log(
        '\nWith --stage <name> the account is asked too: bootstrap, SES, concurrency, certificate, tables, maintenance.',
      )
    process.exitCode = results.every(({ ok }) => ok) ? 0 : 1
  })

function readStage(name: string): CheckedStage {
  try {
    return { name, file: readStageFile(name) }
  } catch (error) {
    if (error instanceof StageFileError) stop({ title: error.message, ends: 'usage' })
    throw error
  }
}
