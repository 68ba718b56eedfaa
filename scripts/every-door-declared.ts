export function everyDoorDeclared(): { name: string } { return { name: 'x' }; }
