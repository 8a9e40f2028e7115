using System.Reflection;
using System.Text.RegularExpressions;
using EduAssist.Kernel.Provisions;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace EduAssist.Conformance;

/// <summary>
/// What is called from where, inside of one built assembly, read from its instructions. What a class is made for may be
/// called whenever it is made: its overrides, and what it implements of an interface. Calls by reflection are not seen.
/// </summary>
internal sealed class CallGraph : IDisposable
{
    private readonly AssemblyDefinition assembly;

    internal CallGraph(Assembly built) => assembly = AssemblyDefinition.ReadAssembly(built.Location);

    /// <inheritdoc/>
    public void Dispose() => assembly.Dispose();

    /// <summary>The full names of the methods that are reached from all that a type declares and inherits.</summary>
    internal IReadOnlySet<string> ReachedFrom(Type type) =>
        Reached([type]).Select(m => m.FullName).ToHashSet(StringComparer.Ordinal);

    /// <summary>The texts that stand in what is reached from the types.</summary>
    internal IReadOnlyList<Literal> LiteralsFrom(IEnumerable<Type> types) =>
        [
            .. Reached(types)
                .Where(m => m.HasBody)
                .SelectMany(m =>
                    m.Body.Instructions.Where(i => i.OpCode == OpCodes.Ldstr)
                        .Select(i => new Literal(
                            $"{m.DeclaringType.FullName}.{m.Name}",
                            (string)i.Operand,
                            IsOfException(i)
                        ))
                )
                .Distinct(),
        ];

    private HashSet<MethodDefinition> Reached(IEnumerable<Type> types)
    {
        HashSet<MethodDefinition> reached = [];
        HashSet<TypeDefinition> made = [];
        Stack<MethodDefinition> next = new();
        foreach (var type in types)
            for (var at = Find(type); at is not null; at = Own(at.BaseType))
                Whole(at);
        while (next.TryPop(out var method))
        {
            Initialised(method.DeclaringType);
            if (!method.HasBody)
                continue;
            foreach (var variable in method.Body.Variables)
                Generated(variable.VariableType);
            foreach (var operand in method.Body.Instructions.Select(i => i.Operand))
            {
                if (operand is MethodReference called)
                    Called(called);
                else if (operand is FieldReference field)
                    Initialised(Own(field.DeclaringType));
            }
        }

        return reached;

        void Reach(MethodDefinition method)
        {
            if (reached.Add(method))
                next.Push(method);
        }

        void Called(MethodReference called)
        {
            if (Own(called.DeclaringType) is not { } owner || called.Resolve() is not { } method)
                return;
            Reach(method);
            if (method.IsConstructor)
                Made(owner);
        }

        void Made(TypeDefinition one)
        {
            if (!made.Add(one))
                return;
            foreach (var method in one.Methods.Where(m => m.IsVirtual))
                Reach(method);
            if (Own(one.BaseType) is { } ancestor)
                Made(ancestor);
        }

        void Initialised(TypeDefinition? one)
        {
            if (one?.GetStaticConstructor() is { } initialiser)
                Reach(initialiser);
        }

        // The state of an async method or an iterator is a value without a constructor: it stands among the variables.
        void Generated(TypeReference variable)
        {
            if (Own(variable) is { IsNested: true } one && one.Name.StartsWith('<'))
                Made(one);
        }

        void Whole(TypeDefinition one)
        {
            foreach (var method in one.Methods)
                Reach(method);
        }
    }

    /// <summary>
    /// The full names of what a class of functions offers: all that is neither private, nor a part of the contract of
    /// contributions, nor made by the compiler.
    /// </summary>
    internal IReadOnlyList<string> OfferedBy(Type type) =>
        [
            .. Find(type)
                .Methods.Where(m =>
                    !m.IsPrivate && !m.IsConstructor && !m.IsVirtual && !m.Name.Contains('<', StringComparison.Ordinal)
                )
                .Select(m => m.FullName),
        ];

    private static bool IsOfException(Instruction text)
    {
        for (var at = text.Next; at is not null && at.OpCode != OpCodes.Ldstr && at.OpCode != OpCodes.Ret; at = at.Next)
            if (at.OpCode == OpCodes.Newobj)
                return ((MethodReference)at.Operand).DeclaringType.Name.EndsWith("Exception", StringComparison.Ordinal);
        return false;
    }

    private TypeDefinition Find(Type type) => assembly.MainModule.GetType(type.FullName!.Replace('+', '/'));

    private TypeDefinition? Own(TypeReference? reference) =>
        reference?.GetElementType() is { } type && (type.Scope == assembly.MainModule || type.Scope is ModuleDefinition)
            ? type.Resolve()
            : null;
}

/// <summary>A text that stands in the code of a module.</summary>
/// <param name="Where">The method.</param>
/// <param name="Text">The text.</param>
/// <param name="IsThrown">Whether it is the message of an exception, which tells a programmer of a mistake.</param>
internal sealed partial record Literal(string Where, string Text, bool IsThrown)
{
    /// <summary>Whether a reader sees words of a language that users of the product do not read.</summary>
    internal bool IsForeign => !HasChinese(Text) && Words().IsMatch(Text);

    internal static bool HasChinese(string text) => text.Any(c => c is >= '\u4e00' and <= '\u9fff');

    [GeneratedRegex("[A-Za-z]{2,} +[A-Za-z]{2,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}

/// <summary>
/// Whether a class of functions is called from what it names, and from nothing else that it should name.
/// </summary>
internal static class FunctionCalls
{
    /// <summary>What is not true of what functions say about who calls them.</summary>
    internal static IEnumerable<string> Untrue(IReadOnlyList<IContribution> contributions)
    {
        foreach (var other in contributions.Where(c => c is not IFunctions))
        {
            foreach (var citation in other.Citations.Where(c => c.Kind == "function"))
                yield return $"{other.GetType().Name} cites provisions as function {citation.Id}, and is no IFunctions: nobody can see who calls it. Move it to a class of IFunctions.";
        }

        var reachable = contributions
            .Where(c => c is not IFunctions and not IDocuments)
            .Select(c => c.GetType())
            .Distinct()
            .ToList();
        foreach (
            var functions in contributions.OfType<IFunctions>().Where(f => f.Citations.Any(c => c.Kind == "function"))
        )
        {
            var type = functions.GetType();
            using var calls = new CallGraph(type.Assembly);
            var offered = calls.OfferedBy(type);
            if (offered.Count == 0)
                yield return $"{type.Name} cites provisions as functions and has none: every method is private.";
            foreach (
                var line in functions.CalledBy is { } caller
                    ? Claimed(type, caller, offered.Except(calls.ReachedFrom(caller)))
                    : Concealed(
                        type,
                        offered,
                        reachable.Where(r => r.Assembly == type.Assembly && calls.ReachedFrom(r).IsSupersetOf(offered))
                    )
            )
                yield return line;
        }
    }

    private static IEnumerable<string> Claimed(Type functions, Type caller, IEnumerable<string> unreached) =>
        string.Join(", ", unreached) is { Length: > 0 } methods
            ?
            [
                $"{functions.Name} says that {caller.Name} calls it, and no call leads from there to {methods}. Call it, or leave out CalledBy: then it is shown as written, not yet reachable.",
            ]
            : [];

    private static IEnumerable<string> Concealed(
        Type functions,
        IReadOnlyList<string> offered,
        IEnumerable<Type> callers
    ) =>
        offered.Count > 0 && callers.FirstOrDefault() is { } caller
            ?
            [
                $"{functions.Name} is shown as not yet reachable, and {caller.Name} calls all of it. Say so: CalledBy => typeof({caller.Name}).",
            ]
            : [];
}
