import { Command } from 'commander'
import { yes } from '../../ops/agree.ts'
import { connect } from '../../ops/connect.ts'
import { examples } from '../../ops/examples.ts'
import { progress } from '../../ops/progress.ts'
import { planCareers } from '../careers/plan-careers.ts'
import { readCareers, type StandingCareer } from '../careers/read-careers.ts'
import { dryRun, type Writing, writeCareers } from '../careers/write-careers.ts'
import { toldPlainly } from '../files/told-plainly.ts'
import { fillOnet } from './fill-onet.ts'
import { onetRelease } from './onet-release.ts'
import { readOnet } from './read-onet.ts'

type Given = Writing & { publisher: string; release?: string }

export const importOnet = new Command('onet')
  .description('Fill careers with titles, tasks, near careers and preparation, from the O*NET database, and credit it.')
  .argument('<folder>', 'where its CSV files are, such as db_30_1_csv')
  .requiredOption('--publisher <name>', 'you: the licence wants it to be said who has made a choice of what it holds')
  .option('--release <number>', 'such as 30.1, where the name of the folder does not say it')
  .option(...dryRun)
  .option(...yes)
  .addHelpText(...examples('import onet db_30_1_csv --publisher "Careers Example Inc." --dry-run'))
  .action(
    toldPlainly(async (folder: string, _: object, command: Command) => {
      const given: Given = command.optsWithGlobals()
      const release = onetRelease(folder, given)
      const bar = progress('rows')
      const onet = await readOnet(folder, bar.at).finally(bar.end)
      const call = connect(given)
      const standing = await readCareers(call)
      const source = { onet, release, house: houseOf(standing) }
      await writeCareers(
        call,
        planCareers(standing, (career, id) => fillOnet(career, id, source)),
        given,
      )
    }),
  )

/** Which careers are counted under which code. */
function houseOf(standing: readonly StandingCareer[]): ReadonlyMap<string, readonly string[]> {
  const counted = standing.flatMap(({ id, career }) => career.soc.map((soc) => ({ id, soc })))
  const bySoc = Map.groupBy(counted, ({ soc }) => soc)
  return new Map([...bySoc].map(([soc, some]) => [soc, [...new Set(some.map(({ id }) => id))]]))
}
