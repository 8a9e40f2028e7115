using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace EduAssist.Architecture;

/// <summary>
/// Which folders of an assembly import which others: a folder is what follows the assembly's name in a namespace, up to
/// the next point. Read from the types; a constant, a <c>nameof</c> or an attribute's argument is no edge.
/// </summary>
internal static class Namespaces
{
    private const string Root = "(root)";

    /// <summary>The edges, each once.</summary>
    internal static IReadOnlyList<(string From, string To)> Edges(this AssemblyDefinition assembly) =>
        [
            .. from type in assembly.MainModule.GetAllTypes()
            from mentioned in type.Mentions().Distinct()
            let edge = (From: Folder(type, assembly), To: Folder(mentioned, assembly))
            where edge.From is not null && edge.To is not null && edge.From != edge.To
            group edge by edge into one
            orderby one.Key.From, one.Key.To
            select (one.Key.From!, one.Key.To!),
        ];

    /// <summary>
    /// The edges from whose end a way leads back to their beginning; none where folders stand above one another.
    /// </summary>
    internal static IReadOnlyList<(string From, string To)> OnCycles(this IReadOnlyList<(string From, string To)> edges)
    {
        var next = edges.ToLookup(e => e.From, e => e.To, StringComparer.Ordinal);
        return [.. edges.Where(e => Reached(e.To).Contains(e.From))];

        HashSet<string> Reached(string from)
        {
            HashSet<string> reached = [from];
            Queue<string> open = new(reached);
            while (open.TryDequeue(out var at))
                foreach (var to in next[at].Where(reached.Add))
                    open.Enqueue(to);
            return reached;
        }
    }

    /// <summary>Null for what generators write into namespaces of their own.</summary>
    private static string? Folder(TypeDefinition type, AssemblyDefinition assembly)
    {
        var (space, own) = (type.Outermost().Namespace, assembly.Name.Name);
        return space == own ? Root
            : space.StartsWith(own + ".", StringComparison.Ordinal) ? space[(own.Length + 1)..].Split('.')[0]
            : null;
    }

    /// <summary>The assembly's own types that the declaration or the code of a type mentions.</summary>
    private static IEnumerable<TypeDefinition> Mentions(this TypeDefinition type) =>
        (
            (IEnumerable<TypeReference?>)
                [
                    type.BaseType,
                    .. type.Interfaces.Select(i => i.InterfaceType),
                    .. type.GenericParameters.SelectMany(Constraints),
                    .. type.Fields.Select(f => f.FieldType),
                    .. (
                        (IEnumerable<ICustomAttributeProvider>)
                            [type, .. type.Fields, .. type.Properties, .. type.Methods]
                    )
                        .SelectMany(p => p.CustomAttributes)
                        .Select(a => a.AttributeType),
                    .. type.Methods.SelectMany(m => m.GenericParameters).SelectMany(Constraints),
                    .. type.Methods.SelectMany(Signature),
                    .. type.Methods.SelectMany(m => m.Overrides).Select(o => o.DeclaringType),
                    .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Variables).Select(v => v.VariableType),
                    .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).SelectMany(Operand),
                ]
        ).SelectMany(Own);

    private static IEnumerable<TypeReference> Constraints(GenericParameter parameter) =>
        parameter.Constraints.Select(c => c.ConstraintType);

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
        method.Parameters.Select(p => p.ParameterType).Prepend(method.ReturnType);

    private static IEnumerable<TypeReference> Operand(Instruction instruction) =>
        instruction.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments, .. Signature(method)],
            MethodReference method => [method.DeclaringType, .. Signature(method)],
            _ => [],
        };

    private static IEnumerable<TypeDefinition> Own(TypeReference? type) =>
        type switch
        {
            TypeDefinition own => [own],
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Own).Concat(Own(generic.ElementType)),
            IModifierType modified => Own(modified.ElementType).Concat(Own(modified.ModifierType)),
            TypeSpecification made => Own(made.ElementType),
            _ => [],
        };
}
