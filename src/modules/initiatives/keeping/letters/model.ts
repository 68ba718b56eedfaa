/** How many links go to one entry, and to one address whatever they are about, in a day: a mailbox is nobody's to fill. */
export const mostLinksADay = { entry: 2, address: 3 };
