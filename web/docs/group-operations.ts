import type { DocumentedOperation, Openapi } from './openapi-parts.ts'

/** The operations of one page. */
export type OperationGroup = { id: string; title: string; description: string; operations: DocumentedOperation[] }

/** The operations by caller, those of staff also by subject, and the webhooks. */
export function groupOperations({ tags, paths, webhooks }: Pick<Openapi, 'tags' | 'paths' | 'webhooks'>) {
  const operations = listOperations(paths)
  const ofCallers = tags.flatMap(({ name, description }): OperationGroup[] => {
    const ofTag = operations.filter((operation) => operation.tags.includes(name))
    const group = { id: name, title: capitalize(name), description, operations: ofTag }
    return name === 'operator' ? splitBySubject(group) : [group]
  })
  const ofWebhooks: OperationGroup = {
    id: 'webhooks',
    title: 'Webhooks',
    description: 'Requests that Prospectus sends to a school, at the address of its campaign.',
    operations: listOperations(webhooks),
  }
  return [...ofCallers, ofWebhooks]
}

/** One page with all operations of staff would be larger than a phone likes to load. The rest stays on the first page. */
const subjects = [
  {
    id: 'records',
    title: 'records',
    paths: /^.v1.ops.(schools|programs|sources|imports)\b/,
  },
  { id: 'careers', title: 'careers', paths: /^.v1.ops.careers\b/ },
  { id: 'campaigns', title: 'campaigns', paths: /^.v1.ops.(campaigns|endpoint-previews|simulations|caps|matches)\b/ },
  { id: 'money', title: 'accounts and reports', paths: /^.v1.ops.(accounts|reports)\b/ },
  {
    id: 'leads',
    title: 'leads and deliveries',
    paths: /^.v1.ops.(leads?|deliveries|quarantine|replays|returns|return-decisions|untaken-work|rejected-inbound)\b/,
  },
  {
    id: 'people',
    title: 'rights of a person',
    paths: /^.v1.(withdrawals|ops.(suppressions|withdrawals|erasures|access-requests|consent-proofs))\b/,
  },
]

function splitBySubject({ operations, ...group }: OperationGroup): OperationGroup[] {
  const getSubject = ({ path }: DocumentedOperation) => subjects.find(({ paths }) => paths.test(path))
  const bySubject = subjects.map((subject) => ({
    id: `${group.id}-${subject.id}`,
    title: `${group.title}: ${subject.title}`,
    description: group.description,
    operations: operations.filter((operation) => getSubject(operation) === subject),
  }))
  const rest = { ...group, operations: operations.filter((operation) => !getSubject(operation)) }
  return [rest, ...bySubject.filter((one) => one.operations.length > 0)]
}

function listOperations(paths: Openapi['paths']): DocumentedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  )
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
