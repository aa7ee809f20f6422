const batchSize = 50

/** Does something with each, not all at once, and answers in their order. */
export async function mapInBatches<Item, Result>(
  items: readonly Item[],
  transform: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < items.length; start += batchSize)
    results.push(...(await Promise.all(items.slice(start, start + batchSize).map(transform))))
  return results
}
