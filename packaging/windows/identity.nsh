; Gives a shortcut the identity of the program (screen.APPLICATION): Windows then shows and pins its windows as one
; program with its own icon, not as Python. Without plugins: IPropertyStore through NSIS's own System.dll.
!include "Win\COM.nsh"
!include "Win\Propkey.nsh"

!macro Identify SHORTCUT IDENTITY
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}", .r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("${SHORTCUT}", ${STGM_READWRITE}).r6'
      StrCpy $2 0
      ${If} $6 = 0 ; what could not be read would be saved as nothing
        ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}", .r2)'
      ${EndIf}
      ${If} $2 P<> 0
        System::Call 'Oleaut32::SysAllocString(w "${IDENTITY}") p.r3'
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID}) p.r4'
        System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_BSTR},,p r3) p.r5'
        ${IPropertyStore::SetValue} $2 '($4, $5)'
        ${IPropertyStore::Commit} $2 ""
        ${IUnknown::Release} $2 ""
        System::Free $4
        System::Free $5
        System::Call 'Oleaut32::SysFreeString(p r3)'
        ${IPersistFile::Save} $1 '("${SHORTCUT}", 1)'
      ${EndIf}
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
!macroend
