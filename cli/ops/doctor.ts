import { Command, Option } from 'commander'
import { type DoctorPurpose, purposes, runChecks } from '#cli/doctor/checks.ts'
import { createMachineProbe } from '#cli/doctor/create-machine-probe.ts'
import { formatExamples } from './format-examples.ts'

export const doctor = new Command('doctor')
  .description('Look whether this machine has what it takes to start, test and deploy. Ends with 1 where it has not.')
  .addOption(new Option('--for <purpose>', 'one of them only').choices(purposes))
  .addHelpText(...formatExamples('doctor --for deploy'))
  .action(async (_: object, command: Command) => {
    const { for: purpose, json }: { for?: DoctorPurpose; json?: boolean } = command.optsWithGlobals()
    const results = await runChecks(createMachineProbe(process.env), purpose)
    if (json) console.log(JSON.stringify(results))
    else
      for (const result of results) {
        console.log(`${result.ok ? 'ok     ' : 'missing'}  ${result.name}: ${result.found}`)
        if (!result.ok) console.log(`         ${result.mend}`)
      }
    process.exitCode = results.every(({ ok }) => ok) ? 0 : 1
  })
