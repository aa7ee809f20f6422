import { Command, Option } from 'commander'
import { createPortalLink } from '#shared/contract/access/portal-links.ts'
import { connect, type GlobalOptions, resolveTarget } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'

type PortalLinkOptions = GlobalOptions & { scope: 'read' | 'manage'; hours: string }

export const portalLink = new Command('portal-link')
  .description('Create a one-time sign-in link to the portal. Give it only to the school.')
  .argument('<id>')
  .addOption(new Option('--scope <scope>', 'rights of the school').choices(['read', 'manage']).default('manage'))
  .option('--hours <count>', 'hours until the link expires, at most 168', '72')
  .addHelpText(
    ...formatExamples('schools portal-link tall-grass', 'schools portal-link tall-grass --scope read --hours 24'),
  )
  .action(async (schoolId: string, _: object, command: Command) => {
    const options: PortalLinkOptions = command.optsWithGlobals()
    const body = { schoolId, scope: options.scope, expiresInHours: Number(options.hours) }
    if (Number.isNaN(body.expiresInHours))
      stop({ title: `--hours must be a number, not ${options.hours}.`, ends: 'usage' })
    const response = await connect(options)(createPortalLink, { body })
    if (response.status !== 201) stop(response.problem)
    const { token, url, expiresAt } = response.body
    const link = url ?? `${resolveTarget(options).url.replace(/\/$/, '')}/portal#link=${token}`
    printResult(options, { link, schoolId, expiresAt }, `${link}\n\nIt works once and expires at ${expiresAt}.`)
  })
