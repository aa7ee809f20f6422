/** The only region for CloudFront's firewalls, certificates and logs. */
export const edgeRegion = 'us-east-1'

type StageId = { name: string; region: string }

/**
 * The name of a stage in one region, for resources whose names are unique in the whole account: the edge of every stage is in
 * us-east-1, and dashboards have no region.
 */
export function formatRegionalName({ name, region }: StageId): string {
  return `prospectus-${name}-${region}`
}

/** The stacks of a stage, in the order in which they are deployed. */
export function getStackNames({ name, region }: StageId) {
  return {
    storage: `prospectus-${name}-storage`,
    service: `prospectus-${name}-service`,
    edge: `prospectus-${name}-edge-${region}`,
  }
}

/** The name of the edge stack before its region was part of it. Two regions of one stage overwrote each other's edge. */
export function getFormerEdgeStackName({ name }: Pick<StageId, 'name'>): string {
  return `prospectus-${name}-edge`
}
