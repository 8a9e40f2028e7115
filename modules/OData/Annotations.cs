using EduAssist.Office.Listings;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace EduAssist.OData;

/// <summary>
/// What the model says of its parts in the words of the Core vocabulary: titles, and that everything is there to be
/// read.
/// </summary>
internal static class Annotations
{
    private static readonly IEdmTerm Permissions = CoreVocabularyModel.Instance.FindDeclaredTerm(
        "Org.OData.Core.V1.Permissions"
    );
    private static readonly IEdmEnumMember Read = (
        (IEdmEnumType)CoreVocabularyModel.Instance.FindDeclaredType("Org.OData.Core.V1.Permission")
    ).Members.Single(m => m.Name == "Read");

    /// <summary>Where the vocabulary is found.</summary>
    internal static void SetReferences(this EdmModel model)
    {
        var core = new EdmReference(
            new("https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml")
        );
        core.AddInclude(new EdmInclude("Core", "Org.OData.Core.V1"));
        model.SetEdmReferences([core]);
    }

    internal static void SetAnnotations(this EdmModel model, Set set) => model.Describe(set.Edm, set.Listing.Title);

    internal static void SetAnnotations(this EdmModel model, IEdmProperty property, Column column)
    {
        model.Describe(
            property,
            column.IsPersonal ? $"{column.Title}（个人信息：脱敏显示，不能筛选、排序、分组）" : column.Title
        );
        var permissions = new EdmVocabularyAnnotation(property, Permissions, new EdmEnumMemberExpression(Read));
        permissions.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(permissions);
    }

    internal static void SetAnnotations(this EdmModel model, IEdmEnumMember member, string title) =>
        model.Describe(member, title);

    private static void Describe(this EdmModel model, IEdmVocabularyAnnotatable what, string title)
    {
        var description = new EdmVocabularyAnnotation(
            what,
            CoreVocabularyModel.DescriptionTerm,
            new EdmStringConstant(title)
        );
        description.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(description);
    }
}
