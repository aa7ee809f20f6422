import { Command, Option } from 'commander'
import { listReplays, readReplay } from '#shared/contract/delivery/replays.ts'
import { type ReplayJob, replayFilter } from '#shared/domain/delivery/replay.ts'
import { yes } from '../agree.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { listing } from '../listing.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'
import { startReplays } from './start-replays.ts'

const start = new Command('start')
  .description('Send all deliveries once more that match, counted first.')
  .option('--school <id>')
  .option('--campaign <id>')
  .addOption(
    new Option('--state <state...>', 'which are meant')
      .choices(replayFilter.shape.states.unwrap().element.options)
      .default(['dead']),
  )
  .option('--from <instant>', 'made at this instant or later, such as 2026-11-23T00:00:00Z')
  .option('--to <instant>', 'made before this instant')
  .option('--dry-run', 'count only')
  .option(...yes)
  .addHelpText(...examples('replays start --school tall-grass --state dead parked --dry-run', 'replays start --yes'))
  .action((_: object, command: Command) => startReplays(command.optsWithGlobals()))

const show = new Command('show')
  .description('Say how far a replay has come.')
  .argument('<replayId>')
  .addHelpText(...examples('replays show rpl_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (replayId: string, _: object, command: Command) => {
    const settings: Settings = command.optsWithGlobals()
    const answer = await connect(settings)(readReplay, { params: { replayId } })
    if (answer.status !== 200) stop(answer.problem)
    tell(settings, answer.body, textOf(answer.body))
  })

const list = listing(
  new Command('list')
    .description('List the replays of the last 90 days, latest first.')
    .addHelpText(...examples('replays list', 'replays list --all --json')),
  {
    rows: 'replays',
    ask: async (call, query) => {
      const answer = await call(listReplays, { query })
      if (answer.status !== 200) return stop(answer.problem)
      return { rows: answer.body.replays, next: answer.body.page.nextCursor }
    },
    told: ({ replayId, state, startedAt, filter, matched, replayed }) => [
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
  .description('Send many deliveries once more.')
  .addCommand(start)
  .addCommand(show)
  .addCommand(list)

function textOf({ replayId, state, startedAt, matched, replayed, skipped, capReached }: ReplayJob): string {
  const left = `${skipped} left alone, ${capReached} without a place under their cap`
  return `${replayId}, ${state}, started ${startedAt}: ${replayed} of ${matched} go out again, ${left}.`
}
