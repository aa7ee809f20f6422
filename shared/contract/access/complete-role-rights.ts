import type { SchoolRole, SourceRole, StaffRole } from '../../domain/access/access-person.ts'
import type { Caller } from '../route.ts'
import type { publisherRoutes } from '../routes/publisher-routes.ts'
import type { Folder, routes } from '../routes.ts'
import { publisherRights, schoolRights, staffRights } from './role-rights.ts'

type OperationOf<C extends Caller> = Extract<(typeof routes)[Folder][number], { caller: C }>['name']
type RoleRights<C extends Caller, Role> = { readonly [operation in OperationOf<C>]: readonly Role[] }

/** The table of roles. A new operation of staff, a school or a publisher does not compile without a row in it. */
export const completeRoleRights: {
  readonly operator: RoleRights<'operator', StaffRole>
  readonly school: RoleRights<'school', SchoolRole>
  readonly source: { readonly [operation in (typeof publisherRoutes)[number]['name']]: readonly SourceRole[] }
} = { operator: staffRights, school: schoolRights, source: publisherRights }
