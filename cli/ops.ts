import { Command } from 'commander'
import { backup, restore } from './ops/backup.ts'
import { doctor } from './ops/doctor.ts'
import { keys } from './ops/keys.ts'
import { move } from './ops/move.ts'
import { replay, replays } from './ops/replay.ts'
import { simulate } from './ops/simulate.ts'
import { smoke } from './ops/smoke.ts'

/** `npm run ops -- <command>`: what staff do from a terminal, over the API and with a staff key. */
const program = new Command('ops')
  .description('Work on a running Prospectus over its API.')
  .option('--url <url>', 'where it runs (or PROSPECTUS_URL)', process.env.PROSPECTUS_URL ?? 'http://127.0.0.1:3000')
  .option('--key <key>', 'a staff key (or PROSPECTUS_KEY)', process.env.PROSPECTUS_KEY)
  .option('--json', 'print JSON on standard output and nothing else there')
  .showHelpAfterError('(--help says what there is)')
  .addCommand(simulate)
  .addCommand(keys)
  .addCommand(replay)
  .addCommand(replays)
  .addCommand(backup)
  .addCommand(restore)
  .addCommand(move)
  .addCommand(doctor)
  .addCommand(smoke)

await program.parseAsync()
