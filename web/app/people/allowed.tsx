import type { ComponentChildren } from 'preact'
import { isRoleAllowed, listAllowedRoles } from '#shared/contract/access/role-rights.ts'
import type { Route } from '#shared/contract/route.ts'
import { useApi } from '../browser-client.tsx'
import { roleNames, roleText } from '../text/people-text.ts'

export type NeededRoute = Pick<Route, 'name' | 'caller'>

/** Whether the signed-in person may call an operation, by the table that the server holds them to. A key may try everything. */
export function useIsAllowed(route: NeededRoute): boolean {
  const { person } = useApi()
  return !person || isRoleAllowed(person.role, route)
}

/** Says who may do something, to a person who may not. */
export function RoleNote({ needs }: { needs: NeededRoute }) {
  const { person } = useApi()
  if (useIsAllowed(needs) || !person) return null
  const allowed = listAllowedRoles(needs).map((role) => roleNames[role])
  return <p class="help role-note">{roleText.notAllowed(roleNames[person.role], allowed)}</p>
}

/** An act: its fields and buttons are disabled, with the reason, if the role of the signed-in person does not allow it. */
export function Allowed({ to, children }: { to: NeededRoute; children: ComponentChildren }) {
  if (useIsAllowed(to)) return <>{children}</>
  return (
    <fieldset class="refused" disabled>
      {children}
      <RoleNote needs={to} />
    </fieldset>
  )
}

/** A page of which nothing can be read without the right: it says so in place of its content. */
export function AllowedPage({ title, to, children }: { title: string; to: NeededRoute; children: ComponentChildren }) {
  if (useIsAllowed(to)) return <>{children}</>
  return (
    <>
      <h1>{title}</h1>
      <RoleNote needs={to} />
    </>
  )
}
