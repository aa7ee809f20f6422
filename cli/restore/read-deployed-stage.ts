import type { CallAws } from '#cli/aws/create-aws-client.ts'
import { readCallerIdentity } from '#cli/aws/read-account.ts'
import { readStack } from '#cli/aws/read-stack.ts'
import { isInMaintenance } from '#cli/deploy/find-table-faults.ts'
import type { StageFile } from '#infra/stage-file.ts'
import { getStackNames } from '#infra/stage-names.ts'
import type { WorkerDefinition } from '#shared/platform/worker-definition.ts'
import { workers } from '#shared/platform/workers.ts'
import type { Table } from '#shared/store/keys.ts'
import { RestoreFault } from './restore-stage.ts'

export type DeployedStage = {
  /** The names of the tables in use. */
  tables: { [T in Table]: string }
  isInMaintenance: boolean
  /** When a worker that began before the last deployment has ended, whatever it was. */
  quietAt: Date
}

/** A deployment updates Lambdas for some minutes after it has begun, and only its beginning is known. */
const deploymentSeconds = 15 * 60

/**
 * Reads what of a stage is deployed, which may be another state than that of its file.
 * @throws RestoreFault if the credentials are of another account, or if it is not deployed or is being deployed
 */
export async function readDeployedStage(
  { name, file: { account, region } }: { name: string; file: Pick<StageFile, 'account' | 'region'> },
  call: CallAws,
): Promise<DeployedStage> {
  const identity = await readCallerIdentity(call, region)
  if (account !== undefined && identity.account !== account)
    throw new RestoreFault(
      `The credentials are of account ${identity.account}, but stages/${name}.json says ${account}. Choose another AWS_PROFILE.`,
    )
  const names = getStackNames({ name, region })
  const [storage, service] = await Promise.all([
    readStack(call, { name: names.storage, region }),
    readStack(call, { name: names.service, region }),
  ])
  const { CatalogTable: catalog, LeadsTable: leads } = storage?.outputs ?? {}
  if (!service || catalog === undefined || leads === undefined)
    throw new RestoreFault(`The stage ${name} is not deployed in account ${identity.account}, region ${region}.`)
  if (service.status.endsWith('_IN_PROGRESS') && !service.status.includes('CLEANUP'))
    throw new RestoreFault(`${service.name} is ${service.status}: a deployment is running. Wait until it has ended.`)
  const longestSeconds = Math.max(...Object.values<WorkerDefinition>(workers).map((worker) => worker.timeoutSeconds))
  return {
    tables: { catalog, leads },
    isInMaintenance: isInMaintenance(service.template),
    quietAt: new Date(service.updatedAt.getTime() + (deploymentSeconds + longestSeconds) * 1000),
  }
}
