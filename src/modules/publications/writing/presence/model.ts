/** The channel on which writing is told of: `ARTICLE deed PARAGRAPH`, and `ARTICLE here {...}` of who is where. */
export const writingChannel = 'writing';
