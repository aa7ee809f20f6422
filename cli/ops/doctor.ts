import { Command, Option } from 'commander'
import { examine, type Purpose, purposes } from '#cli/doctor/checks.ts'
import { thisMachine } from '#cli/doctor/this-machine.ts'
import { examples } from './examples.ts'

export const doctor = new Command('doctor')
  .description('Look whether this machine has what it takes to start, test and deploy. Ends with 1 where it has not.')
  .addOption(new Option('--for <purpose>', 'one of them only').choices(purposes))
  .addHelpText(...examples('doctor --for deploy'))
  .action(async (_: object, command: Command) => {
    const { for: purpose, json }: { for?: Purpose; json?: boolean } = command.optsWithGlobals()
    const findings = await examine(thisMachine(process.env), purpose)
    if (json) console.log(JSON.stringify(findings))
    else
      for (const finding of findings) {
        console.log(`${finding.ok ? 'ok     ' : 'missing'}  ${finding.name}: ${finding.found}`)
        if (!finding.ok) console.log(`         ${finding.mend}`)
      }
    process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1
  })
