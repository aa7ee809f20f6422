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
 * Where the sample's facts come from, and for how long each source speaks. A release expires on the day on which the Bureau
 * published the next one: the wages of May 2016 in March 2017, projections and handbook anew in October 2017. Such facts are
 * stale on purpose: they are shown with their period, and flagged. The classification holds until its next revision, of 2028.
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
  classificationOf2018: {
    statistic: 'definition',
    period: '2018-2028',
    source: occupations,
    asOf: '2018-01-01T00:00:00Z',
    expiresAt: '2028-01-01T00:00:00Z',
  },
} as const
