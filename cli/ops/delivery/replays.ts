import { Command, Option } from 'commander'
import { listReplays, readReplay } from '#shared/contract/delivery/replays.ts'
import { type ReplayJob, replayFilter } from '#shared/domain/delivery/replay-job.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { startReplays } from './start-replays.ts'

const start = new Command('start')
  .description('Count the matching deliveries, and resend them.')
  .option('--school <id>')
  .option('--campaign <id>')
  .addOption(
    new Option('--state <state...>', 'states to resend')
      .choices(replayFilter.shape.states.unwrap().element.options)
      .default(['dead']),
  )
  .option('--from <instant>', 'created at or after this time, such as 2026-11-23T00:00:00Z')
  .option('--to <instant>', 'created before this time')
  .option('--dry-run', 'only count')
  .option(...yesOption)
  .addHelpText(
    ...formatExamples('replays start --school tall-grass --state dead parked --dry-run', 'replays start --yes'),
  )
  .action((_: object, command: Command) => startReplays(command.optsWithGlobals()))

const show = new Command('show')
  .description('Show the progress of a replay.')
  .argument('<replayId>')
  .addHelpText(...formatExamples('replays show rpl_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (replayId: string, _: object, command: Command) => {
    const settings: GlobalOptions = command.optsWithGlobals()
    const response = await connect(settings)(readReplay, { params: { replayId } })
    if (response.status !== 200) stop(response.problem)
    printResult(settings, response.body, formatReplay(response.body))
  })

const list = createListCommand(
  new Command('list')
    .description('List the replays of the last 90 days, latest first.')
    .addHelpText(...formatExamples('replays list', 'replays list --all --json')),
  {
    rows: 'replays',
    fetchPage: async (call, query) => {
      const response = await call(listReplays, { query })
      if (response.status !== 200) return stop(response.problem)
      return { rows: response.body.replays, next: response.body.page.nextCursor }
    },
    toRow: ({ replayId, state, startedAt, filter, matched, replayed }) => [
      replayId,
      {
        state,
        started: startedAt,
        school: filter.schoolId ?? 'all',
        states: filter.states.join(' '),
        matched,
        replayed,
      },
    ],
  },
)

export const replays = new Command('replays')
  .description('Resend many deliveries.')
  .addCommand(start)
  .addCommand(show)
  .addCommand(list)

function formatReplay({ replayId, state, startedAt, matched, replayed, skipped, capReached }: ReplayJob): string {
  const remainder = `${skipped} skipped, ${capReached} over their cap`
  return `${replayId}, ${state}, started ${startedAt}: ${replayed} of ${matched} resent, ${remainder}.`
}
