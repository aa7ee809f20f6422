import { Command } from 'commander'
import { importCommands } from '../import/import-commands.ts'
import { audit } from './access/audit.ts'
import { keys } from './access/keys.ts'
import { people } from './access/people.ts'
import { portalLinks } from './access/portal-links.ts'
import { sessions } from './access/sessions.ts'
import { accessRequests } from './aftercare/access-requests.ts'
import { consentProofs } from './aftercare/consent-proofs.ts'
import { erasures } from './aftercare/erasures.ts'
import { outcomes } from './aftercare/outcomes.ts'
import { returns } from './aftercare/returns.ts'
import { suppressions } from './aftercare/suppressions.ts'
import { untakenWork } from './aftercare/untaken-work.ts'
import { withdrawals } from './aftercare/withdrawals.ts'
import { leads } from './capture/leads.ts'
import { quarantine } from './capture/quarantine.ts'
import { rejectedInbound } from './capture/rejected-inbound.ts'
import { firstRecords } from './catalog/first-records.ts'
import { recordCommands } from './catalog/record-commands.ts'
import { staleFacts } from './catalog/stale-facts.ts'
import { backup } from './data/backup.ts'
import { move } from './data/move.ts'
import { restore } from './data/restore.ts'
import { settle } from './data/settle.ts'
import { deliveries } from './delivery/deliveries.ts'
import { endpointTemplates } from './delivery/endpoint-templates.ts'
import { replays } from './delivery/replays.ts'
import { doctor } from './doctor.ts'
import { init } from './init.ts'
import { profilesHelp } from './read-profile.ts'
import { attention } from './reporting/attention.ts'
import { ledger } from './reporting/ledger.ts'
import { notifications } from './reporting/notifications.ts'
import { overview } from './reporting/overview.ts'
import { reports } from './reporting/reports.ts'
import { caps } from './routing/caps.ts'
import { simulate } from './routing/simulate.ts'
import { sourceCaps } from './routing/source-caps.ts'
import { smoke } from './smoke.ts'
import { exitCodes } from './stop.ts'

const exitTable = Object.values(exitCodes).map(({ code, means }) => `  ${code}  ${means}`)

/** `npm run ops -- <noun> <verb>`: staff work from a terminal, over the API and with a staff key. */
export const program = new Command('ops')
  .description('Operate a running Prospectus over its API.')
  .option('--url <url>', 'URL of the API (or PROSPECTUS_URL; default http://127.0.0.1:3000)')
  .option('--key <key>', 'staff API key (or PROSPECTUS_KEY, which keeps the key out of `ps` output)')
  .option('--profile <name>', 'URL and key from the profiles file (or PROSPECTUS_PROFILE)')
  .option('--json', 'print only JSON on standard output')
  .addHelpText('after', `${profilesHelp}\n\nExit codes:\n${exitTable.join('\n')}`)

const commands = [
  overview,
  attention,
  notifications,
  leads,
  deliveries,
  endpointTemplates,
  replays,
  quarantine,
  returns,
  suppressions,
  withdrawals,
  accessRequests,
  consentProofs,
  untakenWork,
  rejectedInbound,
  outcomes,
  erasures,
  caps,
  sourceCaps,
  ledger,
  ...recordCommands,
  firstRecords,
  staleFacts,
  keys,
  people,
  portalLinks,
  sessions,
  audit,
  simulate,
  reports,
]
for (const command of [...commands, init, doctor, smoke, backup, restore, settle, move]) program.addCommand(command)
program.addCommand(importCommands)
configureCommand(program)

/** Every command shows the global options, and exits with the code for wrong usage on a parse error. */
function configureCommand(command: Command): void {
  command
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(see --help)')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.done.code : exitCodes.usage.code))
  for (const child of command.commands) configureCommand(child)
}
