/** Items in lists, in order, each as long as it fits; an item that fits nowhere is a list of its own. */
export function inOrder<T>(items: readonly T[], fits: (list: readonly T[]) => boolean): T[][] {
  const lists: T[][] = [];
  for (const item of items) {
    const open = lists.at(-1);
    if (open !== undefined && fits([...open, item])) open.push(item);
    else lists.push([item]);
  }
  return lists;
}
