import { setTimeout as sleep } from 'node:timers/promises'
import { createAwsClient } from '#cli/aws/create-aws-client.ts'
import { type DeployedStage, readDeployedStage } from '#cli/restore/read-deployed-stage.ts'
import { planRestore, RestoreFault, type RestoreRequest, restoreStage } from '#cli/restore/restore-stage.ts'
import { writeTableNames } from '#cli/restore/write-table-names.ts'
import { readStageFile, StageFileError } from '#infra/stage-file.ts'
import type { Table } from '#shared/store/keys.ts'
import { type ConfirmOptions, requireConfirmation } from '../require-confirmation.ts'
import { startProgressBar } from '../start-progress-bar.ts'
import { stop } from '../stop.ts'

export type StageRestoreOptions = {
  stage: string
  at: string
  table?: Table[]
  revert?: string[]
  acceptMissing?: true
  dryRun?: true
  json?: true
} & ConfirmOptions

/** Restores the tables of a deployed stage to new ones, and writes their names into its file. */
export async function restoreDeployedStage({
  stage,
  at: atText,
  table,
  ...options
}: StageRestoreOptions): Promise<void> {
  const at = parseInstant(atText)
  const report = options.json ? () => {} : (line: string) => console.error(line)
  try {
    const file = readStageFile(stage)
    const deployed = await readDeployedStage({ name: stage, file }, createAwsClient())
    const { createTableAdmin } = await import('#cli/restore/create-table-admin.ts')
    const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb')
    const admin = createTableAdmin({ client: new DynamoDBClient({ region: file.region }) })
    const now = () => new Date()
    const request: RestoreRequest = {
      tables: pickTables(deployed, table),
      at,
      revert: options.revert ?? [],
      acceptsMissing: options.acceptMissing === true,
      quietAt: deployed.quietAt,
    }
    for (const { replaced, to, restored } of await planRestore(request, { admin, now }))
      report(`${replaced.name} as of ${at.toISOString()} -> ${to}${restored ? ', which exists' : ''}`)
    if (!deployed.isInMaintenance) {
      const title = `Write "maintenance": "on" into stages/${stage}.json and deploy it first: what is written meanwhile would be lost.`
      if (!options.dryRun) stop({ title })
      report(title)
    }
    if (options.dryRun) return report('Nothing was changed: this was a dry run.')
    await requireConfirmation(`Restore the tables of ${stage} to new ones?`, options)
    const { tables, comparisons } = await restoreStage(request, {
      admin,
      now,
      sleep: (ms) => sleep(ms),
      report,
      startProgress: startProgressBar,
    })
    writeTableNames(stage, tables)
    if (options.json) console.log(JSON.stringify({ tables, comparisons }))
    report(
      `stages/${stage}.json names the restored tables. Deploy it to use them, look at the stage, then set "maintenance" to "off" and deploy again.`,
    )
  } catch (error) {
    if (error instanceof StageFileError) stop({ title: error.message, ends: 'usage' })
    if (error instanceof RestoreFault) stop({ title: error.message })
    stop({
      title: `The restore was interrupted; nothing that is in use was changed. Run the same command again to continue. ${error instanceof Error ? `${error.name}: ${error.message}` : error}`,
    })
  }
}

function parseInstant(text: string): Date {
  const at = new Date(text)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(at.getTime()))
    stop({ title: '--at must be an instant to the second with its zone, such as 2026-11-28T14:05:00Z.', ends: 'usage' })
  return at
}

function pickTables({ tables }: DeployedStage, only: readonly Table[] | undefined): RestoreRequest['tables'] {
  return Object.fromEntries(Object.entries(tables).filter(([table]) => !only || only.some((one) => one === table)))
}
