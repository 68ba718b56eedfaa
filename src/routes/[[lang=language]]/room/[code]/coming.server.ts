export const comingActions = {};
