import { isDeepStrictEqual } from 'node:util'
import type { TableAdmin } from '#cli/restore/table-admin.ts'
import type { DeploymentStage } from '#infra/stage.ts'
import { readLambdaVariables } from './describe-changes.ts'
import type { StackTemplate } from './stack-template.ts'

export type DescribeTable = TableAdmin['describe']
type ServiceTemplates = { before: StackTemplate | undefined; after: StackTemplate | undefined }

/** Why a stage must not be switched to the tables that its file names. */
export async function findTableFaults(
  { name: stage, restoredTables, isProtected }: Pick<DeploymentStage, 'name' | 'restoredTables' | 'isProtected'>,
  { before, after }: ServiceTemplates,
  describeTable: DescribeTable,
): Promise<string[]> {
  const faults = await Promise.all(
    Object.entries(restoredTables).map(async ([table, name]) => {
      const setting = `tables.${table} of stages/${stage}.json is ${name}, which`
      const state = name === undefined ? undefined : await describeTable(name)
      if (!state) return [`${setting} does not exist.`]
      if (!state.isActive) return [`${setting} is still being restored.`]
      if (!state.window || (isProtected && !state.settings.hasDeletionProtection))
        return [`${setting} is not protected. Run the same npm run ops -- restore again, or turn its protection on.`]
      return []
    }),
  )
  return [...faults.flat(), ...findOpenSwitch(stage, { before, after })]
}

/** What is written to the tables in use until the switch would be missing afterwards. */
function findOpenSwitch(stage: string, { before, after }: ServiceTemplates): string[] {
  if (!before || !after) return []
  const changes = (['CATALOG_TABLE', 'LEADS_TABLE'] as const).filter(
    (variable) => !isDeepStrictEqual(readTableValue(before, variable), readTableValue(after, variable)),
  )
  if (changes.length === 0 || isInMaintenance(before)) return []
  return [
    `The stage would use other tables, and what is written until then would be lost. Deploy "maintenance": "on" in stages/${stage}.json first.`,
  ]
}

/** Whether every Lambda of a service refuses writes. */
export function isInMaintenance(service: StackTemplate): boolean {
  const variables = readLambdaVariables(service)
  return variables.length > 0 && variables.every(({ MAINTENANCE }) => MAINTENANCE === 'on')
}

function readTableValue(service: StackTemplate, variable: string): unknown {
  const value = readLambdaVariables(service).find((one) => one[variable] !== undefined)?.[variable]
  // What the storage stack exports is its own table, whatever the export is called.
  return typeof value === 'string' ? value : undefined
}
