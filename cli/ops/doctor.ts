import { Command, Option } from 'commander'
import { type DoctorPurpose, purposes, runChecks } from '#cli/doctor/checks.ts'
import { createMachineProbe } from '#cli/doctor/create-machine-probe.ts'
import { formatExamples } from './format-examples.ts'

export const doctor = new Command('doctor')
  .description('Check the prerequisites for start, test and deploy. Exits 1 if any is missing.')
  .addOption(new Option('--for <purpose>', 'check only one purpose').choices(purposes))
  .addHelpText(...formatExamples('doctor --for deploy'))
  .action(async (_: object, command: Command) => {
    const { for: purpose, json }: { for?: DoctorPurpose; json?: boolean } = command.optsWithGlobals()
    const results = await runChecks(createMachineProbe(process.env), purpose)
    if (json) console.log(JSON.stringify(results))
    else
      for (const result of results) {
        console.log(`${result.ok ? 'ok     ' : 'missing'}  ${result.name}: ${result.actual}`)
        if (!result.ok) console.log(`         ${result.fix}`)
      }
    process.exitCode = results.every(({ ok }) => ok) ? 0 : 1
  })
