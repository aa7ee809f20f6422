const wages = {
  name: 'U.S. Bureau of Labor Statistics, Occupational Employment Statistics',
  url: 'https://www.bls.gov/oes/tables.htm',
}
const projections = { name: 'U.S. Bureau of Labor Statistics, Employment Projections', url: 'https://www.bls.gov/emp/' }
const handbook = {
  name: 'U.S. Bureau of Labor Statistics, Occupational Outlook Handbook',
  url: 'https://www.bls.gov/ooh/',
}
const occupations = { name: '2018 Standard Occupational Classification', url: 'https://www.bls.gov/soc/' }

/**
 * Sources of the sample's facts, with the dates between which each is current. A release expires on the day on which the
 * Bureau published the next one: wages of May 2016 in March 2017, projections and handbook in October 2017. Such facts are
 * outdated on purpose, so that the pages have something to mark; those of 2024 were valid until the releases of 2026. The classification is valid until its revision of 2028.
 */
export const bls = {
  wagesOfMay2015: {
    statistic: 'mean',
    period: 'May 2015',
    source: wages,
    asOf: '2016-03-30T00:00:00Z',
    expiresAt: '2017-03-31T00:00:00Z',
  },
  projectionsTo2024: {
    period: '2014-2024',
    source: projections,
    asOf: '2015-12-08T00:00:00Z',
    expiresAt: '2017-10-24T00:00:00Z',
  },
  handbookOf2016: {
    period: '2016-17 edition',
    source: handbook,
    asOf: '2015-12-17T00:00:00Z',
    expiresAt: '2017-10-24T00:00:00Z',
  },
  wagesOfMay2024: {
    period: 'May 2024',
    source: {
      name: 'U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics',
      url: 'https://www.bls.gov/oes/tables.htm',
    },
    asOf: '2025-04-01T00:00:00Z',
    expiresAt: '2026-04-01T00:00:00Z',
  },
  projectionsTo2034: {
    period: '2024-2034',
    source: projections,
    asOf: '2025-09-01T00:00:00Z',
    expiresAt: '2026-09-01T00:00:00Z',
  },
  classificationOf2018: {
    statistic: 'definition',
    period: '2018-2028',
    source: occupations,
    asOf: '2018-01-01T00:00:00Z',
    expiresAt: '2028-01-01T00:00:00Z',
  },
} as const
