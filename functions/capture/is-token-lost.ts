import type { Guard } from '#shared/domain/routing/duplicates.ts'
import type { Saved } from '#shared/store/capture/leads.ts'

/** Whether a lead could not be saved since another had come with its form token. */
export function isTokenLost(saved: Saved, guards: readonly Guard[]): boolean {
  return typeof saved === 'object' && guards.some(({ scope }) => saved.lost.includes(scope))
}
