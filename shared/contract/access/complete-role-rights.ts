import type { SchoolRole, StaffRole } from '../../domain/access/access-person.ts'
import type { Caller } from '../route.ts'
import type { Folder, routes } from '../routes.ts'
import { schoolRights, staffRights } from './role-rights.ts'

type OperationOf<C extends Caller> = Extract<(typeof routes)[Folder][number], { caller: C }>['name']
type RoleRights<C extends Caller, Role> = { readonly [operation in OperationOf<C>]: readonly Role[] }

/** The table of roles. A new operation of staff or of a school does not compile without a row in it. */
export const completeRoleRights: {
  readonly operator: RoleRights<'operator', StaffRole>
  readonly school: RoleRights<'school', SchoolRole>
} = { operator: staffRights, school: schoolRights }
