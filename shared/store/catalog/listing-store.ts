import type { ListingSchool } from '../../domain/catalog/listing.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { schoolListingKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import { readListingRoot } from './listing-rows.ts'
import { placeSchool } from './place-school.ts'
import { rebuildListing, removeListing } from './rebuild-listing.ts'

type ReadSchool = (schoolId: string) => Promise<ListingSchool | undefined>
type Placing = { slug: string; schoolId: string; readSchool: ReadSchool }

/** The listings of careers: an edit changes what its school is of them, and an import builds them again. */
export function listingStore(engine: Engine<Table>) {
  return {
    /**
     * Puts a school where it belongs in the listing of a career, or removes it. `buildLevelWrites` is part of the transaction if
     * the number of programs of a level changes. Its cost does not depend on the size of the listing.
     * @throws Refusal if other writers won every attempt.
     */
    async place(
      { slug, schoolId, readSchool }: Placing,
      buildLevelWrites: () => readonly Write<Table>[] = () => [],
    ): Promise<void> {
      const school = { slug, schoolId, readSchool: () => readSchool(schoolId) }
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const placed = await placeSchool(engine, school, buildLevelWrites)
        return placed === 'out-of-step' ? await rebuildListing(engine, slug, readSchool) : placed
      })
      if (outcome === 'conflict') throw conflictRefusal()
    },

    /** Builds a listing from all programs of its career. @throws Refusal if other writers won every attempt. */
    async rebuild(slug: string, readSchool: ReadSchool): Promise<void> {
      const outcome = await retryOnConflict(maxAttempts, () => rebuildListing(engine, slug, readSchool))
      if (outcome === 'conflict') throw conflictRefusal()
    },

    /** Makes sure that a career has a listing, of nothing at first. */
    async ensure(slug: string, readSchool: ReadSchool): Promise<void> {
      if (!(await readListingRoot(engine, slug))) await this.rebuild(slug, readSchool)
    },

    remove: (slug: string) => removeListing(engine, slug),

    /** Returns the number of programs of each level in a listing. */
    async findLevels(slug: string): Promise<{ [level: string]: number }> {
      return (await readListingRoot(engine, slug))?.levels ?? {}
    },

    /** Returns the careers for which a school has programs, by slug. */
    async listCareers(schoolId: string): Promise<string[]> {
      const { pk } = schoolListingKey(schoolId, '', '')
      const rows = await queryAll(engine, { in: 'catalog', pk, limit: 1000 })
      return [...new Set(rows.map(({ sk }) => sk.split('#', 1)[0] ?? ''))]
    },
  }
}

const maxAttempts = 50
